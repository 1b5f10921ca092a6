package org.deutero.methods;

import org.deutero.tensor.Scope;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Runs each test, its fields included, inside a scope of its own. */
public final class InScope implements TestInstancePreConstructCallback, AfterEachCallback {
    private Scope scope;

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        scope = Scope.open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        scope.close();
    }
}
