/**
 * {@code GET /}: shows which pod answers, as text, JSON or page, or serves the content directory's
 * index.
 */
package io.podlab.demo.root;
