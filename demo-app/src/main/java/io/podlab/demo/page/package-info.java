/** The page that browsers get from {@code GET /}: it shows this pod live. */
package io.podlab.demo.page;
