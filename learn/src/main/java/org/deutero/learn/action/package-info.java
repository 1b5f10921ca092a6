/** What agents do, drawn from distributions that a network gives. */
package org.deutero.learn.action;
