package io.wanstreams.cli.pictures;

import java.util.Locale;

/**
 * The ways of moving that can be told from the path of the thing's centre and from its area. Shares are of the frame's side.
 *
 * <p>Spinning and standing still are missing: the first turns nothing that a centre or an area shows, the second is what a clip
 * without an answer looks like. A prompt with one of them is scored for its colour only.
 */
enum Movement {
    RIGHT,
    LEFT,
    UP,
    DOWN,
    /** Up and down with at least one turn. */
    BOUNCING,
    /** Left and right with at least one turn. */
    SWINGING,
    /** Two thirds of a turn around a centre, or more. */
    CIRCLING,
    /** A third more area at the end, or more. */
    GROWING,
    SHRINKING;

    /** A way shorter than this is jitter. */
    private static final double LEAST_WAY = 0.10;
    /** Of the whole way, the share that leads to the end. */
    private static final double STRAIGHTNESS = 0.6;
    /** How much longer the way is in the asked direction than across it. */
    private static final double DOMINANCE = 1.5;

    private static final double LEAST_RADIUS = 0.03;
    private static final double LEAST_ANGLE = Math.toRadians(240);
    private static final double LEAST_GROWTH = Math.log(1.33);

    boolean isShownBy(Track track) {
        return switch (this) {
            case RIGHT -> goes(track.x(), track.y());
            case LEFT -> goes(track.x().reversed(), track.y());
            case DOWN -> goes(track.y(), track.x());
            case UP -> goes(track.y().reversed(), track.x());
            case BOUNCING -> turns(track.y(), track.x()) && !circles(track);
            case SWINGING -> turns(track.x(), track.y()) && !circles(track);
            case CIRCLING -> circles(track);
            case GROWING -> track.growth() > LEAST_GROWTH;
            case SHRINKING -> track.growth() < -LEAST_GROWTH;
        };
    }

    private static boolean goes(Path1d along, Path1d across) {
        return along.net() > LEAST_WAY
                && along.net() > STRAIGHTNESS * along.length()
                && along.net() > DOMINANCE * Math.abs(across.net());
    }

    private static boolean turns(Path1d along, Path1d across) {
        return along.range() > LEAST_WAY && along.turns() >= 1 && along.length() > DOMINANCE * across.length();
    }

    private static boolean circles(Track track) {
        return track.meanRadius() > LEAST_RADIUS
                && Math.abs(track.angle()) > LEAST_ANGLE
                && Math.min(track.x().range(), track.y().range()) > LEAST_RADIUS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
