/** Benchmarks: {@code mvn -pl bench -am package} and then {@code java -cp "bench/target/classes:bench/target/lib/*" org.openjdk.jmh.Main}. */
package org.deutero.bench;
