package org.deutero.tasks.locomotion;

/**
 * What links a link to its parent.
 *
 * @param parent the link that it hangs from
 * @param x place in the parent's frame, in m
 * @param z place in the parent's frame, in m
 * @param low smallest angle, in radians
 * @param high largest angle, in radians
 * @param stiffness of its spring, which wants the angle 0, in N m a radian
 * @param damping in N m s a radian
 * @param gear torque of an action of 1, in N m
 */
record Joint(int parent, double x, double z, double low, double high, double stiffness, double damping, double gear) {}
