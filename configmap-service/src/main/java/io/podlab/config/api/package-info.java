/** One ConfigMap as the API server has it. */
package io.podlab.config.api;
