/** What pages are made of: files in memory, the template of the shell, words, the import graph. */
@NullMarked
package plenary.web.page;

import org.jspecify.annotations.NullMarked;
