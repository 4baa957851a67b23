/** What a process is given at its start, and never again: environment variables and arguments. */
package io.podlab.config.environment;
