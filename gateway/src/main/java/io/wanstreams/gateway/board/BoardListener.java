package io.wanstreams.gateway.board;

/** Hears of facts, on the board's thread: quick, never blocking. */
@FunctionalInterface
public interface BoardListener {

    /** An event counted; {@code job} is what it made of its job. */
    void onFact(BoardJob job);
}
