package io.wanstreams.transport.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.transport.topic.TopicPlan;
import org.junit.jupiter.api.Test;

class ProvisioningTest {

    @Test
    void topicsAreMadeOnlyInOneOfTheKnownSizes() {
        assertThat(Provisioning.profile("none")).isEmpty();
        assertThat(Provisioning.profile("local")).contains(TopicPlan.Profile.LOCAL);
        assertThat(Provisioning.profile("cluster")).contains(TopicPlan.Profile.CLUSTER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Provisioning.profile("true"))
                .withMessageContaining("wan.topics.provision")
                .withMessageContaining("'true'");
    }
}
