package io.wanstreams.cli.verify;

import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.client.VideosClient;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.verify.Expectations;
import io.wanstreams.transport.verify.JobVerifier;
import io.wanstreams.transport.verify.Verdict;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./wan verify}: is every job where it must be? */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads all topics and says what does not add up: jobs that are not over or failed without a known reason, events",
            "that miss others, bundles that cannot be read, bundles of nobody, tickets and transactions left, results doubled.",
            "Run it when no job is under way. Exit code 0 when every rule holds, 1 when one is broken."
        },
        footer = {"", "Example:", "  ./wan verify --bootstrap-servers localhost:9092 --url http://localhost:8080"})
public final class VerifyCommand implements Callable<Integer> {

    /** A rule is broken. */
    private static final int BROKEN = 1;

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The Kafka brokers, separated by commas.")
    private String bootstrapServers = "";

    @Option(
            names = "--kafka",
            paramLabel = "PROPERTY=VALUE",
            description = "A further property of the Kafka clients, for security; may be given more than once.")
    private Map<String, String> properties = new TreeMap<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Also ask this gateway about every job and compare every video's digest.")
    private @Nullable URI url;

    @Option(
            names = "--poisoned",
            paramLabel = "JOB",
            description = "This job must not have completed, and may have failed; may be given more than once.")
    private Set<JobId> poisoned = new TreeSet<>();

    @Option(
            names = "--poison-code",
            paramLabel = "CODE",
            description =
                    "Jobs that failed with this code were poisoned, e.g. worker_lost; may be given more than once. "
                            + "Deadlines that were exceeded are known reasons anyway.")
    private Set<FailureCode> codes = new TreeSet<>();

    @Option(
            names = "--results",
            paramLabel = "WHEN",
            defaultValue = "IF_ANY",
            description = "Whether wan.results must hold one result per job: ${COMPLETION-CANDIDATES}. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Expectations.Results results = Expectations.Results.IF_ANY;

    @Option(
            names = "--patience",
            paramLabel = "S",
            defaultValue = "20",
            description = "Seconds that tickets and transactions may take to be over. Default: ${DEFAULT-VALUE}.")
    private long patienceSeconds;

    private final Terminal terminal;

    public VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (patienceSeconds < 0) {
            throw new VideosException("--patience is 0 or more seconds, found " + patienceSeconds);
        }
        Expectations expectations = new Expectations(poisoned, codes, results, Duration.ofSeconds(patienceSeconds));
        Verdict verdict = verify(expectations);
        PrintStream out = terminal.out();
        out.print(new VerdictTable(verdict));
        boolean agrees = gatewayAgrees(verdict, out);
        boolean clean = verdict.isClean() && agrees;
        out.println(clean ? "Everything is as it must be." : "Something is broken, see above.");
        return clean ? 0 : BROKEN;
    }

    private Verdict verify(Expectations expectations) throws InterruptedException {
        try (KafkaClients clients = new KafkaClients(new KafkaSettings(bootstrapServers, properties));
                BundleStore bundles = new KafkaBundleStore(clients)) {
            return new JobVerifier(clients, bundles).verify(expectations);
        } catch (TransportException | org.apache.kafka.common.KafkaException e) {
            throw new VideosException("Cannot verify " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    private boolean gatewayAgrees(Verdict verdict, PrintStream out) {
        if (url == null) {
            return true;
        }
        List<String> findings = new GatewayCheck(new VideosClient(url)).check(verdict.jobs());
        out.println("gateway " + url + " asked about " + verdict.jobs().size() + " jobs, disagrees about "
                + findings.size());
        findings.forEach(finding -> out.println("  " + finding));
        return findings.isEmpty();
    }
}
