package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands of {@code docs/running.md}, one per service process, with this test's broker and ports. */
record DocumentedCommands(List<String> lines) {

    private static final Pattern COMMAND = Pattern.compile("```sh\n(java .*?)\n```", Pattern.DOTALL);
    private static final Pattern HTTP_PORT = Pattern.compile("-Dquarkus\\.http\\.port=(\\d+)");

    /** One service process. */
    record Service(URI url, List<String> command) {

        /** With system properties of the test's own. */
        Service with(List<String> properties) {
            List<String> all = new ArrayList<>(command);
            all.addAll(1, properties);
            return new Service(url, all);
        }
    }

    /** In the page's order: gateway, then the stages by the route. */
    static DocumentedCommands read() throws IOException {
        String page = Files.readString(Root.PATH.resolve("docs/running.md"));
        List<String> lines = COMMAND.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(lines).hasSize(6);
        return new DocumentedCommands(lines);
    }

    Service service(int index, String broker) throws IOException {
        int port = FreePort.on("localhost");
        List<String> command = List.of(HTTP_PORT
                .matcher(lines.get(index))
                .replaceAll("-Dquarkus.http.port=" + port + " -Xmx256m -XX:TieredStopAtLevel=1")
                .replace("localhost:9092", broker)
                .split("[\\s\\\\]+"));
        return new Service(URI.create("http://localhost:" + port), command);
    }
}
