package io.wanstreams.gateway;

import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.dispatch.DispatchSettings;
import io.wanstreams.gateway.intake.ImageFetch;
import io.wanstreams.gateway.intake.SubmitSettings;
import io.wanstreams.gateway.intake.TenantLimits;
import io.wanstreams.gateway.net.AddressRange;
import io.wanstreams.gateway.net.Download;
import io.wanstreams.gateway.net.OutboundHttp;
import io.wanstreams.gateway.net.OutboundUri;
import io.wanstreams.gateway.net.PublicAddresses;
import io.wanstreams.gateway.request.CallbackRule;
import io.wanstreams.gateway.request.RequestLimits;
import io.wanstreams.gateway.webhook.WebhookSettings;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.transport.topic.TopicPlan;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings as the packages want them. */
final class Limits {

    private Limits() {}

    static RequestLimits of(GatewayConfig.Request config) {
        return new RequestLimits(
                config.promptChars(),
                config.negativePromptChars(),
                config.pixels(),
                config.frames(),
                config.tokens(),
                config.metadataKeys(),
                config.metadataKeyChars(),
                config.metadataValueChars(),
                config.variants(),
                config.deadline(),
                longestDeadline());
    }

    static SubmitSettings of(
            GatewayConfig.Submit submit,
            GatewayConfig.Http http,
            GatewayConfig.Tenant tenant,
            WebhookSettings webhooks) {
        return new SubmitSettings(
                submit.timeout(),
                submit.queueLimit(),
                submit.retryAfter(),
                http.noiseLimit().asLongValue(),
                ImageLimits.DEFAULTS.with(http.imageLimit().asLongValue(), http.imagePixels()),
                new TenantLimits(tenant.jobsQueued(), tenant.bytes().asLongValue()),
                webhooks.callbackSecret() == null
                        ? CallbackRule.noCallbacks()
                        : CallbackRule.to(new OutboundUri(webhooks.plainHttp())));
    }

    static DispatchSettings of(GatewayConfig.Dispatch config, GatewayConfig.Tenant tenant) {
        return new DispatchSettings(
                config.window(),
                tenant.jobsRunning(),
                config.attemptLimit(),
                config.workerSilence(),
                config.ticketSilence(),
                config.backOff(),
                config.blindness(),
                config.ticketLook(),
                config.patience());
    }

    /** How images are fetched. */
    static ImageFetch of(GatewayConfig.Images config, OutboundHttp http) {
        return config.fetch()
                ? ImageFetch.over(
                        new Download(http, new OutboundUri(config.plainHttp()), config.redirects()),
                        config.fetchTimeout())
                : ImageFetch.nothing();
    }

    /** Whose images are fetched. */
    static PublicAddresses imageHosts(GatewayConfig.Images config) {
        return new PublicAddresses(config.allowedAddresses().orElse(List.of()).stream()
                .map(AddressRange::parse)
                .toList());
    }

    /** Which topics to make at start, or null for none. */
    static TopicPlan.@Nullable Profile provision(String setting) {
        return switch (setting) {
            case "none" -> null;
            case "local" -> TopicPlan.Profile.LOCAL;
            case "cluster" -> TopicPlan.Profile.CLUSTER;
            default ->
                throw new IllegalArgumentException(
                        "wan.topics.provision is none, local or cluster, found '" + setting + "'");
        };
    }

    /** A job must be over while its tensors are still there. */
    private static Duration longestDeadline() {
        return Topics.fixed().stream()
                .filter(topic -> topic.name().equals(Topics.TENSORS))
                .map(TopicSpec::retention)
                .findFirst()
                .orElseThrow()
                .dividedBy(2);
    }
}
