"""Facts that a page states about itself: title, authors, dates, site, address, DOI, licence; no others."""
