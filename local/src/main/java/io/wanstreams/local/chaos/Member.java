package io.wanstreams.local.chaos;

import io.wanstreams.contracts.job.StageName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that a run may kill.
 *
 * @param name its id in the log too: worker, gateway and dispatcher names begin with it
 * @param stage what it works on; null for a gateway
 * @param number which of its kind, from 0
 * @param line by which of the proxied lines to the broker it speaks, from 0
 */
record Member(String name, @Nullable StageName stage, int number, int line) {

    /** How many lines to the broker there are: the gateways', the denoise workers', the others'. */
    static final int LINES = 3;

    static final int GATEWAYS = 2;

    /** Two, so that a job can go on elsewhere while its worker starts anew. */
    private static final int DENOISE_WORKERS = 2;

    private static final int GATEWAY_LINE = 0;
    private static final int DENOISE_LINE = 1;
    private static final int OTHER_LINE = 2;

    boolean isGateway() {
        return stage == null;
    }

    /** Two gateways, two workers per denoise stage, one for each other stage. */
    static List<Member> of(List<StageName> route) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < GATEWAYS; i++) {
            members.add(new Member("gateway-" + i, null, i, GATEWAY_LINE));
        }
        for (StageName stage : route) {
            for (int i = 0; i < (stage.isDenoise() ? DENOISE_WORKERS : 1); i++) {
                members.add(new Member(stage + "-" + i, stage, i, stage.isDenoise() ? DENOISE_LINE : OTHER_LINE));
            }
        }
        return members;
    }
}
