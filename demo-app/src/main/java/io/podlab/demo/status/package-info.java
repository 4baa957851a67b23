/** An answer with any status: for lessons on retries and on what proxies make of errors. */
package io.podlab.demo.status;
