/** What every source of configuration provides. */
package io.podlab.config.source;
