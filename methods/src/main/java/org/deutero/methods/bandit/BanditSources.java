package org.deutero.methods.bandit;

import java.util.List;
import org.deutero.tasks.source.NamedSource;
import org.deutero.tasks.source.TaskSourceProvider;

/** Bandits to be played by policies. */
public final class BanditSources implements TaskSourceProvider {
    @Override
    public int order() {
        return 10;
    }

    @Override
    public List<NamedSource> sources() {
        return List.of(new NamedSource("wheel-bandit", BanditSettings::of));
    }
}
