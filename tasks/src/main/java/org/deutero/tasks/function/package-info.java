/** Functions of formulae as sequences: point after point, each to be foretold before its value is told. */
package org.deutero.tasks.function;
