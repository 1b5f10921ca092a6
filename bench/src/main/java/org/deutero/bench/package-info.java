/** Benchmarks: {@code mvn -pl bench -am package} and then {@code java -cp ... org.openjdk.jmh.Main}. */
package org.deutero.bench;
