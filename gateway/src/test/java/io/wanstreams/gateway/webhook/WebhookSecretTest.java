package io.wanstreams.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WebhookSecretTest {

    /** The example of the Standard Webhooks specification's reference libraries (standard-webhooks, test of sign). */
    @Test
    void signsAsTheReferenceDoes() {
        WebhookSecret secret = WebhookSecret.parse("s", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void refusesWhatIsNoSecretAndDoesNotRepeatIt() {
        for (String text :
                new String[] {"", "secret", "whsec_", "whsec_AAAA", "whsec_!!!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebhookSecret.parse("wan.webhooks.callback-secret", text))
                    .withMessageStartingWith("wan.webhooks.callback-secret is whsec_")
                    .withMessageNotContaining("MfKQ");
        }
    }
}
