/** Answers with any status: for lessons on retries, and on proxies that change errors. */
package io.podlab.demo.status;
