-- Where readers open what a document was made from, e.g. the web page.
alter table document
    add column link text;
