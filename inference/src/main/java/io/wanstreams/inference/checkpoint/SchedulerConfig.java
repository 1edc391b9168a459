package io.wanstreams.inference.checkpoint;

import java.util.List;

/**
 * {@code scheduler/scheduler_config.json} (transformer-and-text.md §2); what UniPC with flow sigmas needs of it.
 *
 * @param flowShift shift of the sigma grid, above 0
 * @param solverOrder 1 or 2
 * @param trainTimesteps timestep that sigma 1 stands for
 */
public record SchedulerConfig(double flowShift, int solverOrder, int trainTimesteps, boolean lowerOrderFinal) {
    static SchedulerConfig of(ConfigFile file) {
        file.choice("_class_name", "UniPCMultistepScheduler", List.of("UniPCMultistepScheduler"));
        file.choice("prediction_type", "flow_prediction", List.of("flow_prediction"));
        file.choice("solver_type", "bh2", List.of("bh2"));
        file.choice("final_sigmas_type", "zero", List.of("zero"));
        double shift = file.number("flow_shift", 3.0);
        int order = file.size("solver_order", 2);
        if (!(shift > 0 && shift < 1e6)) {
            throw new CheckpointException("File " + file.path() + " has flow_shift " + shift + ", expected above 0.");
        }
        if (order != 2) {
            throw new CheckpointException("File " + file.path() + " has solver_order " + order + ", supported is 2.");
        }
        return new SchedulerConfig(
                shift, order, file.size("num_train_timesteps", 1000), file.flag("lower_order_final", true));
    }
}
