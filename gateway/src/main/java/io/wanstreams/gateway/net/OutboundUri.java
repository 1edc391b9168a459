package io.wanstreams.gateway.net;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Which URLs of clients are requested at all. */
public final class OutboundUri {

    private static final int LIMIT_CHARS = 2048;
    private static final int HIGHEST_PORT = 65_535;

    private final boolean allowsPlainHttp;

    /** @param allowsPlainHttp whether http is taken besides https */
    public OutboundUri(boolean allowsPlainHttp) {
        this.allowsPlainHttp = allowsPlainHttp;
    }

    /**
     * Reads an URL.
     *
     * @throws OutboundException.Forbidden when it is none that is requested
     */
    public URI parse(String text) {
        if (text.length() > LIMIT_CHARS) {
            throw new OutboundException.Forbidden("the URL has more than " + LIMIT_CHARS + " characters");
        }
        try {
            return checked(new URI(text));
        } catch (URISyntaxException e) {
            throw new OutboundException.Forbidden("the URL is malformed");
        }
    }

    /** Where a redirect leads. */
    URI redirect(URI from, String location) {
        try {
            return parse(from.resolve(new URI(location)).toString());
        } catch (URISyntaxException e) {
            throw new OutboundException.Forbidden("the URL redirects to a malformed one");
        }
    }

    private URI checked(URI uri) {
        if (!isHttps(uri) && !(allowsPlainHttp && "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new OutboundException.Forbidden(
                    allowsPlainHttp ? "the URL is neither https nor http" : "the URL is not https");
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getPort() > HIGHEST_PORT
                || uri.getPort() == 0) {
            throw new OutboundException.Forbidden("the URL has no plain host");
        }
        return uri;
    }

    static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : isHttps(uri) ? 443 : 80;
    }

    /** Path and query, as they stand on the request line. */
    static String target(URI uri) {
        @Nullable String path = uri.getRawPath();
        String begin = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? begin : begin + "?" + uri.getRawQuery();
    }

    /** The host without the brackets of an IPv6 literal. */
    static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
