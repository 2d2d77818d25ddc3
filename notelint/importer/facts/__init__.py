"""What a page says of itself: title, authors, dates, site, address, DOI, licence. What it does not say is left out."""
