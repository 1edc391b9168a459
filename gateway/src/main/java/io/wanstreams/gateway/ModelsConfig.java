package io.wanstreams.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Which models are served: {@code wan.models.<name>} is a checkpoint's directory or a profile file. */
@ConfigMapping(prefix = "wan.models")
public interface ModelsConfig {

    /** Paths by name. */
    @WithParentName
    Map<String, String> paths();
}
