package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeBuildTest {
    @Test
    void theGpuBuildIsLeftOutOnlyWhereNobodyElseMayWantIt() {
        assertThat(NativeBuild.extension(true, false, null)).hasValue("-cpu");
        assertThat(NativeBuild.extension(false, false, null)).isEmpty();
        assertThat(NativeBuild.extension(true, true, null)).isEmpty();
        assertThat(NativeBuild.extension(true, false, "-gpl")).isEmpty();
    }
}
