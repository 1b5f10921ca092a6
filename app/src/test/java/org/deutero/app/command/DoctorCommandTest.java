package org.deutero.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void warnsOfEarlyBuildsOfJava25Only() {
        assertThat(DoctorCommand.warning(Runtime.Version.parse("25.0.2+7"))).isPresent();
        assertThat(DoctorCommand.warning(Runtime.Version.parse("25"))).isPresent();
        assertThat(DoctorCommand.warning(Runtime.Version.parse("25.0.3+9"))).isEmpty();
        assertThat(DoctorCommand.warning(Runtime.Version.parse("17.0.15"))).isEmpty();
    }

    @Test
    void tablesFoldTheirLastColumn() {
        assertThat(new Table(40)
                        .row("a", "one two three four five six seven eight")
                        .row("bbb", "x")
                        .lines())
                .containsExactly("a    one two three four five six seven", "     eight", "bbb  x");
    }
}
