package org.deutero.methods;

/** Marks learners that act in the environment of their tasks, and that need one. */
public interface Acting {}
