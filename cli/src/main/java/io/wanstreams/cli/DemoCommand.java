package io.wanstreams.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./wan demo}: from nothing to an MP4 with the demo model. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a whole system with the demo model, makes one video with it and stops.",
        footer = {"", "Example:", "  ./wan demo \"a red ball bouncing on a green field\" --seed 7 -o ball.mp4"})
final class DemoCommand implements Runnable {

    private static final String PROMPT = "a red ball bouncing on a green field";

    @Mixin
    private final RequestOptions request = new RequestOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SystemOptions system = new SystemOptions();

    private final SystemStarter starter;
    private final Terminal terminal;

    DemoCommand(SystemStarter starter, Terminal terminal) {
        this.starter = starter;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (!request.saysSomething()) {
            request.prompt = PROMPT;
        }
        new Generation(request, output, system, null, terminal).run(starter);
    }
}
