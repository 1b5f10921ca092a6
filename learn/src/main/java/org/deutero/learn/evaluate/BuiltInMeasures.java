package org.deutero.learn.evaluate;

import java.util.List;
import org.deutero.tasks.Episodes;

/** The measures of this package. */
public final class BuiltInMeasures implements MeasureProvider {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<Measure<Episodes>> measures() {
        return List.of(
                Measure.ACCURACY,
                Measure.CROSS_ENTROPY,
                Measure.SQUARED_ERROR,
                Measure.SHOWN_SQUARED_ERROR,
                Measure.NEGATIVE_LOG_LIKELIHOOD,
                Measure.REWARD_ERROR,
                Measure.HALF_SQUARED_DISTANCE,
                Measure.BIT_ERROR);
    }
}
