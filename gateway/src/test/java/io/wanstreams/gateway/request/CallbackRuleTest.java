package io.wanstreams.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.gateway.net.OutboundUri;
import org.junit.jupiter.api.Test;

final class CallbackRuleTest {

    private final CallbackRule rule = CallbackRule.to(new OutboundUri(false));

    @Test
    void takesHttpsAndNothing() {
        assertThatCode(() -> rule.check("https://example.org/hook?a=1")).doesNotThrowAnyException();
        assertThatCode(() -> rule.check(null)).doesNotThrowAnyException();
        assertThatCode(() -> CallbackRule.noCallbacks().check(null)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatCannotBeCalledByTheFieldsName() {
        for (String url : new String[] {
            "http://example.org", "file:///etc/passwd", "https://", "https://a b", "x", "https://user:pass@example.org/"
        }) {
            refused(rule, url);
        }
        refused(CallbackRule.noCallbacks(), "https://example.org/hook");
    }

    private static void refused(CallbackRule rule, String url) {
        assertThatThrownBy(() -> rule.check(url)).as(url).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.refusal().param()).isEqualTo("callback_url");
        });
    }
}
