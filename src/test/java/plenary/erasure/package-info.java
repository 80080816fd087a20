@NullMarked
package plenary.erasure;

import org.jspecify.annotations.NullMarked;
