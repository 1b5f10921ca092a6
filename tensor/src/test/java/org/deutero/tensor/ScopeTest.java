package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void noTensorWithoutScope() {
        assertThatThrownBy(() -> Tensor.scalar(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no scope is open");
    }

    @Test
    void keptTensorsOutliveTheirScope() {
        try (Scope outer = Scope.open()) {
            Tensor kept;
            Tensor lost;
            try (Scope inner = Scope.open()) {
                kept = inner.keep(Tensor.scalar(3));
                lost = Tensor.scalar(4);
            }
            assertThat(kept.item()).isEqualTo(3);
            assertThatThrownBy(lost::item)
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("after its scope had been closed");
        }
    }

    @Test
    void callerOwnsWhatLeavesTheOutermostScope() throws InterruptedException {
        Tensor[] made = new Tensor[1];
        Thread worker = new Thread(() -> {
            try (Scope s = Scope.open()) {
                made[0] = s.keep(Tensor.scalar(5));
            }
        });
        worker.start();
        worker.join();
        assertThat(made[0].item()).isEqualTo(5);
        try (Scope s = Scope.open()) {
            s.adopt(made[0]);
        }
        assertThatThrownBy(() -> made[0].item())
                .isInstanceOf(TensorException.class)
                .hasMessage("a tensor was used after its scope had been closed, or is null");
    }

    @Test
    void scopesCloseInnermostFirst() {
        Scope outer = Scope.open();
        Scope inner = Scope.open();
        assertThatThrownBy(outer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a scope must be closed by the thread that opened it, innermost first");
        inner.close();
        outer.close();
    }

    @Test
    void closedScopesLeaveNoPointers() {
        long before = 0;
        for (int i = 0; i < 200; i++) {
            try (Scope s = Scope.open()) {
                Params x = Params.of("x", Tensor.of(new float[100], 100)).leaf();
                Autograd.gradient(x.get("x").square().sum(), x, true);
                assertThat(Tensors.stack(x.values(), 0).floats()).hasSize(100);
            }
            if (i == 50) {
                before = Pointer.totalCount();
            }
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
}
