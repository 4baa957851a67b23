/** The configuration in effect, as clients see it: now, the next one, and all before. */
package io.podlab.config.effective;
