/** {@code GET /}: which pod answers, as text, JSON or page; or the content's index. */
package io.podlab.demo.root;
