"""Live preview: the site as it is being written, in a browser that keeps up with the editor."""
