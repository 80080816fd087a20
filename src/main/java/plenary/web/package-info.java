/** The HTTP edge: the contract's routes, problems, limits, pages, health and metrics. */
@NullMarked
package plenary.web;

import org.jspecify.annotations.NullMarked;
