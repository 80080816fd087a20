@NullMarked
package plenary.report;

import org.jspecify.annotations.NullMarked;
