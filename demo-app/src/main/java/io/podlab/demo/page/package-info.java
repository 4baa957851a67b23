/** What a browser gets of {@code GET /}: one page that shows this pod live. */
package io.podlab.demo.page;
