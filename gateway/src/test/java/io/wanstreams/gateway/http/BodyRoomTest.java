package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BodyRoomTest {

    private final BodyRoom room = new BodyRoom(10);

    @Test
    void givesRoomWhileThereIsSome() {
        assertThat(room.take(6)).isTrue();
        assertThat(room.take(5)).isFalse();
        assertThat(room.take(4)).as("what was refused took nothing").isTrue();

        room.giveBack(6);

        assertThat(room.take(6)).isTrue();
        assertThat(room.take(1)).isFalse();
    }
}
