package org.deutero.methods;

import org.deutero.learn.Capability;

/** Marks learners that act in the environment of their tasks, and that need one. */
public interface Acting extends Capability {}
