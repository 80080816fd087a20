/** Benchmarks: load, references and tables. One command; see {@code docs/performance.md}. */
@NullMarked
package plenary.bench;

import org.jspecify.annotations.NullMarked;
