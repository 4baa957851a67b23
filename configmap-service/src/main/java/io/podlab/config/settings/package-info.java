/** What the configuration means: its typed form, what is wrong with it, and what has changed. */
package io.podlab.config.settings;
