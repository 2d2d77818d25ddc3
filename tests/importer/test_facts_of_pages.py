"""Authors and dates in the forms and languages in which pages state and show them."""

import datetime

import pytest

from notelint.importer import page
from notelint.importer.facts.collect import facts

TODAY = datetime.date(2026, 11, 27)
ADDRESS = "https://www.heron-club.example/ponds/winter"
TEXT = "<p>Some text of an article that goes on for a while, with commas, and more.</p>" * 4


@pytest.mark.parametrize(
    ("head", "body", "authors", "published", "revised"),
    [
        pytest.param('', '<h1>Chronology of the flood</h1><p>Times are local.</p><h2>12 June 2013</h2><p>Rain.</p><h2>13 June 2013</h2><p>More.</p>', [], '', '', id='days as headings'),
        pytest.param('', '<h1>Flood diary</h1><p>1 May 2013</p><p>Rain all day.</p><p>2 May 2013</p><p>Sun.</p>', [], '', '', id='days as paragraphs'),
        pytest.param('', '<h1>Flood diary</h1><p><b>1 May 2013</b></p><p>Rain all day.</p><p><b>2 May 2013</b></p><p>Sun.</p>', [], '', '', id='days in bold'),
        pytest.param('', '<h1>Dates of the club</h1><table><tr><td>1 May 2023</td><td>Pool opens</td></tr><tr><td>3 June 2023</td><td>Race</td></tr></table>', [], '', '', id='days in a table'),
        pytest.param('', '<h1>Flood diary</h1><p>4 July 2014</p><h2>12 June 2013</h2><p>Rain.</p><h2>13 June 2013</h2><p>More.</p>', [], '2014-07-04', '', id='one day above days'),
        pytest.param('', '<h1>Herons at night</h1><blockquote><p>No bird is slower.</p><p>By Cy Stork, 3 May 1950</p></blockquote>', [], '', '', id='who is quoted'),
        pytest.param('<title>Ponds in winter | Pond Hospital</title><meta name=author content="Pond Hospital">', '<h1>Ponds in winter</h1><p>March 4, 2024 | By Ada Heron | 4 min read</p>', ['Ada Heron'], '2024-03-04', '', id='the site as author'),
        pytest.param('<title>Ponds in winter | Pond Hospital</title><meta name=author content="Pond Hospital">', '<h1>Ponds in winter</h1>', ['Pond Hospital'], '', '', id='the site as only author'),
        pytest.param('<meta name=citation_author content="Heron, Ada B."><meta name=citation_author content="Crane, Jane"><meta name=citation_publication_date content="2020/03/05">', '<h1>Ponds in winter</h1>', ['Heron, Ada B.', 'Crane, Jane'], '2020-03-05', '', id='cit two'),
        pytest.param('<meta name=citation_authors content="Heron, Ada B.; Crane, Jane">', '<h1>Ponds in winter</h1>', ['Heron, Ada B.', 'Crane, Jane'], '', '', id='cit one list'),
        pytest.param('<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2021-01-02T03:04:05+00:00","dateModified":"2022-01-02T03:04:05+00:00"},{"@type":"Article","author":{"@id":"#p"},"datePublished":"2021-01-02T03:04:05+00:00"},{"@type":"Person","@id":"#p","name":"Ada Heron"}]}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '2022-01-02', id='ld nested'),
        pytest.param('<script type="application/ld+json">[{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ada Heron"},{"@type":"Person","name":"Bo Crane"}],"datePublished":"2021-01-02"}]</script>', '<h1>Ponds in winter</h1>', ['Ada Heron', 'Bo Crane'], '2021-01-02', '', id='ld list of persons'),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Organization","name":"Daily Pond"},{"@type":"Person","name":"Bo Crane"}],"datePublished":"2021-01-02"}</script>', '<h1>Ponds in winter</h1>', ['Bo Crane'], '2021-01-02', '', id='ld author inside list w/ org'),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","author":"Ada Heron and Bo Crane","datePublished":"2021-01-02"}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron', 'Bo Crane'], '2021-01-02', '', id='ld author string and'),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"By Ada Heron"},"datePublished":"Jan 2, 2021"}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '', id='ld author by'),
        pytest.param('<script type="application/ld+json">{"@type":"MedicalWebPage","author":{"@type":"Person","name":"Ada Heron, MD, PhD"},"datePublished":"2021-01-02"}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron, MD, PhD'], '2021-01-02', '', id='ld person degrees'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","givenName":"Ada","familyName":"Heron"}}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='ld person given/family'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","author":"https://example.org/authors/ann"}</script>', '<h1>Ponds in winter</h1><p class=byline>By <a rel=author href=/ann>Ada Heron</a></p>', ['Ada Heron'], '', '', id='ld author url'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Example Media"},"publisher":{"@type":"Organization","name":"Example Media"}}</script>', '<h1>Ponds in winter</h1><div class=author-name>Ada Heron</div>', ['Ada Heron'], '', '', id='ld org only but byline'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Example Media"}}</script>', '<h1>Ponds in winter</h1>', ['Example Media'], '', '', id='ld org only'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","datePublished":1609545845}</script>', '<h1>Ponds in winter</h1>', [], '2021-01-02', '', id='ld epoch'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","datePublished":"1609545845000"}</script>', '<h1>Ponds in winter</h1>', [], '2021-01-02', '', id='ld epoch ms'),
        pytest.param('<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"Article","author":{"name":"Wrong One"},"datePublished":"2019-01-01"}]}</script><script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Heron"},"datePublished":"2021-01-02"}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '', id='ld related articles'),
        pytest.param('<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Heron"},"datePublished":"2021-01-02","comment":[{"@type":"Comment","author":{"name":"X Y"},"datePublished":"2021-05-02"}]}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '', id='ld comment'),
        pytest.param('<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"q","datePublished":"2018-01-01","author":{"name":"Q Q"}}]}</script><script type="application/ld+json">{"@type":"BlogPosting","author":{"name":"Ada Heron"},"datePublished":"2021-01-02"}</script>', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '', id='ld faq first'),
        pytest.param('<meta property="article:published_time" content="2021-01-02T23:30:00-05:00"><meta property="article:modified_time" content="2021-03-02"><meta property="article:author" content="https://facebook.com/ann"><meta name=author content="Ada Heron">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '2021-03-02', id='og'),
        pytest.param('<meta property="article:published_time" content="2021-05-02"><meta property="article:modified_time" content="2021-03-02">', '<h1>Ponds in winter</h1>', [], '2021-05-02', '', id='mod before pub'),
        pytest.param('<meta name="DC.creator" content="Heron, Ada"><meta name="DC.creator" content="Crane, Bo"><meta name="DC.date" content="2021-01-02">', '<h1>Ponds in winter</h1>', ['Heron, Ada', 'Crane, Bo'], '2021-01-02', '', id='dc'),
        pytest.param('<meta name="dcterms.creator" content="Ada Heron"><meta name="dcterms.issued" content="2021-01-02"><meta name="dcterms.modified" content="2021-02-02">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '2021-02-02', id='dcterms'),
        pytest.param('<meta name="DC.Date.issued" scheme="W3CDTF" content="2021-01-02"><meta name="DC.Creator.PersonalName" content="Ada Heron">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '2021-01-02', '', id='dc scheme'),
        pytest.param('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Heron"><meta name="twitter:label2" content="Est. reading time"><meta name="twitter:data2" content="5 minutes">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='yoast'),
        pytest.param('<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="Ada Heron">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='yoast de'),
        pytest.param('<meta name="twitter:label1" content="Écrit par"><meta name="twitter:data1" content="Ada Heron">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='yoast fr'),
        pytest.param('', '<h1>Ponds in winter</h1><div itemscope itemtype="http://schema.org/Article"><span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ada Heron</span></span> <meta itemprop="datePublished" content="2021-01-02"><meta itemprop="dateModified" content="2021-02-02"></div>', ['Ada Heron'], '2021-01-02', '2021-02-02', id='microdata'),
        pytest.param('', '<h1>Ponds in winter</h1><div vocab="http://schema.org/" typeof="Article"><span property="author" typeof="Person"><span property="name">Ada Heron</span></span><time property="datePublished" datetime="2021-01-02">yesterday</time></div>', ['Ada Heron'], '2021-01-02', '', id='rdfa'),
        pytest.param('', '<h1>Ponds in winter</h1><div typeof="schema:Article"><span property="schema:author">Ada Heron</span><span property="dc:date" content="2021-01-02">x</span></div>', ['Ada Heron'], '2021-01-02', '', id='rdfa prefix'),
        pytest.param('', '<article class="h-entry"><h1 class="p-name">The title</h1><a class="p-author h-card" href="/">Ada Heron</a> <time class="dt-published" datetime="2021-01-02T10:00">x</time> <time class="dt-updated" datetime="2021-02-02">y</time></article>', ['Ada Heron'], '2021-01-02', '2021-02-02', id='h-entry'),
        pytest.param('', '<div class="hentry"><h1 class="entry-title">The title</h1><span class="author vcard"><a class="url fn n" href="/">Ada Heron</a></span> <abbr class="published" title="2021-01-02T10:00">Saturday</abbr> <abbr class="updated" title="2021-02-02T10:00">Tue</abbr></div>', ['Ada Heron'], '2021-01-02', '2021-02-02', id='hatom'),
        pytest.param('', '<h1>Ponds in winter</h1><p>Posted by <a rel="author" href="/x">Ada Heron</a> on March 3, 2021</p>', ['Ada Heron'], '2021-03-03', '', id='rel author'),
        pytest.param('', '<h1>Ponds in winter</h1><time pubdate datetime="2021-03-03">3/3/21</time>', [], '2021-03-03', '', id='pubdate'),
        pytest.param('', '<h1>Ponds in winter</h1><time datetime="1614729600">3/3/21</time>', [], '2021-03-03', '', id='time epoch?'),
        pytest.param('', '<h1>Ponds in winter</h1><div>By Ada Heron</div><div>March 3, 2021</div>', ['Ada Heron'], '2021-03-03', '', id='en by'),
        pytest.param('', '<h1>Ponds in winter</h1><div>By Ada Heron and Bo Crane, Staff Writers</div><div>Published: 3 Mar 2021 | Updated: 5 April 2022</div>', ['Ada Heron', 'Bo Crane'], '2021-03-03', '2022-04-05', id='en by two'),
        pytest.param('', '<h1>Ponds in winter</h1><div>BY ADA HERON</div><div>MARCH 3, 2021</div>', ['ADA HERON'], '2021-03-03', '', id='en by upper'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Von Anna Müller und Jörg Groß</div><div>Veröffentlicht am 3. März 2021, aktualisiert am 5. April 2022</div>', ['Anna Müller', 'Jörg Groß'], '2021-03-03', '2022-04-05', id='de'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Von Dr. med. Anna Müller</div><div>Stand: 03.05.2021</div>', ['Dr. med. Anna Müller'], '', '2021-05-03', id='de numeric'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Par Jean-Pierre Lefèvre et Anne Dubois</div><div>Publié le 3 mars 2021 à 10h15 - Mis à jour le 5 avril 2022</div>', ['Jean-Pierre Lefèvre', 'Anne Dubois'], '2021-03-03', '2022-04-05', id='fr'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Publié le 1er août 2021</div>', [], '2021-08-01', '', id='fr 1er'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Por María García López y José Pérez</div><div>Publicado el 3 de marzo de 2021. Actualizado: 5 de abril de 2022</div>', ['María García López', 'José Pérez'], '2021-03-03', '2022-04-05', id='es'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Por João da Silva e Ana Souza</div><div>Publicado em 3 de março de 2021 | Atualizado em 05/04/2022</div>', ['João da Silva', 'Ana Souza'], '2021-03-03', '', id='pt'),
        pytest.param('', '<h1>Ponds in winter</h1><div>di Giulia Rossi</div><div>Pubblicato il 3 marzo 2021</div>', ['Giulia Rossi'], '2021-03-03', '', id='it'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Door Jan de Vries</div><div>Gepubliceerd op 3 maart 2021</div>', ['Jan de Vries'], '2021-03-03', '', id='nl'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Автор: Иван Петров</div><div>Опубликовано 3 марта 2021 г.</div>', ['Иван Петров'], '2021-03-03', '', id='ru'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Иван Петров</div><div>3 марта 2021, 14:05</div>', [], '2021-03-03', '', id='ru2'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Autor: Jan Kowalski</div><div>3 marca 2021</div>', ['Jan Kowalski'], '2021-03-03', '', id='pl'),
        pytest.param('', '<h1>Ponds in winter</h1><div>2021年3月3日</div><div>文・山田太郎</div>', ['山田太郎'], '2021-03-03', '', id='ja'),
        pytest.param('', '<h1>Ponds in winter</h1><div>公開日：2021/03/03 更新日：2022/04/05</div><div>著者: 山田太郎</div>', ['山田太郎'], '2021-03-03', '2022-04-05', id='ja2'),
        pytest.param('', '<h1>Ponds in winter</h1><div>作者：王伟\u3000发布时间：2021-03-03 10:12</div>', ['王伟'], '2021-03-03', '', id='zh'),
        pytest.param('', '<h1>Ponds in winter</h1><div>记者 王伟 李娜</div><div>2021年03月03日</div>', ['王伟', '李娜'], '2021-03-03', '', id='zh2'),
        pytest.param('', '<h1>Ponds in winter</h1><div>김철수 기자</div><div>입력 2021.03.03. 오전 10:12 수정 2022.04.05.</div>', ['김철수'], '2021-03-03', '2022-04-05', id='ko'),
        pytest.param('', '<h1>Ponds in winter</h1><div dir=rtl>بقلم: أحمد علي</div><div dir=rtl>3 مارس 2021</div>', ['أحمد علي'], '2021-03-03', '', id='ar'),
        pytest.param('', '<h1>Ponds in winter</h1><div dir=rtl>מאת: דוד כהן</div><div>3 במרץ 2021</div>', ['דוד כהן'], '2021-03-03', '', id='he'),
        pytest.param('', '<h1>Ponds in winter</h1><div>โดย สมชาย ใจดี</div><div>3 มีนาคม 2564</div>', ['สมชาย ใจดี'], '2021-03-03', '', id='th'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Yazar: Ahmet Yılmaz</div><div>3 Mart 2021</div>', ['Ahmet Yılmaz'], '2021-03-03', '', id='tr'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Av Anna Svensson</div><div>Publicerad 3 mars 2021</div>', ['Anna Svensson'], '2021-03-03', '', id='sv'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Published 03/04/2021</div>', [], '', '', id='amb'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Published 25/04/2021</div>', [], '2021-04-25', '', id='amb lang'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Published 31 February 2021</div>', [], '', '', id='nonexist'),
        pytest.param('<meta property="article:published_time" content="2031-01-02">', '<h1>Ponds in winter</h1>', [], '', '', id='future'),
        pytest.param('', '<h1>Ponds in winter</h1><div>Published 3 Mar 21</div>', [], '', '', id='two digit'),
        pytest.param('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', '<h1>Ponds in winter</h1>', [], '', '', id='0001'),
        pytest.param('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', '<h1>Ponds in winter</h1>', [], '', '', id='1970'),
        pytest.param('', '<h1>Ponds in winter</h1><div class="flex gap-2"><img src=a.jpg class="rounded-full"><a class="text-sm font-bold hover:underline" href="/blog/authors/ada-heron"><span>Ada Heron</span></a><span class="text-gray-400">Mar 3, 2021</span></div>', ['Ada Heron'], '2021-03-03', '', id='tailwind author link'),
        pytest.param('', '<h1>Ponds in winter</h1><div class="flex gap-2"><a class="text-sm" href="/author/ada-heron"><img alt="Ada Heron"></a><a class="text-sm" href="/author/ada-heron">Ada Heron</a></div><footer><a href="/author/others">See All Authors</a></footer>', ['Ada Heron'], '', '', id='tailwind author link+bio'),
        pytest.param('', '<h1>Ponds in winter</h1><p class="byline">Medically reviewed by Bo Crane, MD — Written by Ada Heron on March 3, 2021</p>', ['Ada Heron'], '2021-03-03', '', id='editors'),
        pytest.param('<meta name=author content="Ada Heron, Bo Crane, Cy Teal">', '<h1>Ponds in winter</h1>', ['Ada Heron', 'Bo Crane', 'Cy Teal'], '', '', id='meta author multi'),
        pytest.param('<meta name=author content="Ada Heron, Bo Crane Jr., and Cy Teal">', '<h1>Ponds in winter</h1>', ['Ada Heron', 'Bo Crane Jr.', 'Cy Teal'], '', '', id='meta author jr'),
        pytest.param('<meta name=author content="José Ortega y Gasset">', '<h1>Ponds in winter</h1>', ['José Ortega y Gasset'], '', '', id='name y'),
        pytest.param('<meta name=citation_author content="van den Berg, P. J."><meta name=citation_author content="O\'Neil, Sean">', '<h1>Ponds in winter</h1>', ['van den Berg, P. J.', "O'Neil, Sean"], '', '', id='van'),
        pytest.param('<meta name=citation_authors content="Heron A, Crane B, Teal CD">', '<h1>Ponds in winter</h1>', ['Heron A', 'Crane B', 'Teal CD'], '', '', id='pubmed style'),
        pytest.param('<meta name=author content="Heron, Ada; Crane, Bo">', '<h1>Ponds in winter</h1>', ['Heron, Ada', 'Crane, Bo'], '', '', id='semicolons'),
        pytest.param('<meta name=author content="&lt;a href=x&gt;Ada Heron&lt;/a&gt;">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='html in author'),
        pytest.param('<meta name=author content="Ada Heron &lt;ann@example.org&gt;">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='author email'),
        pytest.param('<meta name=author content="ann@example.org (Ada Heron)">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='author email2'),
        pytest.param('', '<h1>Ponds in winter</h1><p>by <a href="/u/ann">adaheron42</a> » Mon Mar 03, 2021 5:06 pm</p>', ['adaheron42'], '2021-03-03', '', id='byline url'),
        pytest.param('', '<h1>Ponds in winter</h1><h4>Authors</h4><p>Ada Heron<sup>1</sup>; Bo Crane<sup>2</sup>.</p><h4>Affiliations</h4><p><sup>1</sup> U</p><p>Last Update: July 3, 2023.</p>', ['Ada Heron', 'Bo Crane'], '', '2023-07-03', id='statpearls'),
        pytest.param('', '<h1>Ponds in winter</h1><footer>© 2021 Example. Updated March 3, 2021</footer>', [], '', '2021-03-03', id='copyright not date'),
        pytest.param('', '<h1>Ponds in winter</h1><footer><ul><li id="footer-info-lastmod"> This page was last edited on 3 March 2021, at 10:11 (UTC).</li></ul></footer>', [], '', '2021-03-03', id='wikipedia'),
        pytest.param('', '<h1>Ponds in winter</h1><div class="footer">© Copyright 2001-2021, Ann. Last updated on Mar 03, 2021. Created using Sphinx</div>', [], '', '2021-03-03', id='sphinx'),
        pytest.param('', '<aside><time datetime="2019-01-01">x</time></aside><h1>Ponds in winter</h1><time datetime="2021-03-03">x</time>', [], '2021-03-03', '', id='time elements sidebar'),
        pytest.param('', '<div class="content-sidebar-wrap"><h1>Ponds in winter</h1><p class=meta>By Ada Heron</p><p><time datetime="2021-03-03">3/3/21</time></p></div>', ['Ada Heron'], '2021-03-03', '', id='layout named after its sidebar'),
        pytest.param('', '<article class="comments-open"><h1>Ponds in winter</h1><p><a href="/people/ada-heron">Ada Heron</a></p><p>Mar 3, 2021</p></article>', ['Ada Heron'], '2021-03-03', '', id='layout named after its comments'),
        pytest.param('', '<div class="grid gap-[--sidebar-width]"><h2>Ponds</h2></div><h1>Ponds in winter</h1><div class="md:[grid-area:sidebar]"><p>Last updated</p><time>Aug 04, 2025</time></div>', [], '', '2025-08-04', id='rules of style in class names'),
        pytest.param('', '<div class="side related-posts"><h3>Published</h3><p>May 4, 2021</p></div><h1>Ponds in winter</h1>', [], '', '', id='date labelled in a list of others'),
        pytest.param('', f'<h1>Ponds in winter</h1>{TEXT * 6}<aside><h3>Published</h3><p>March 3, 2021</p><h3>Last updated</h3><p>April 5, 2022</p></aside><p>Contact the club</p>', [], '2021-03-03', '2022-04-05', id='dates below labels in a box'),
        pytest.param('', f'<h1>Ponds in winter</h1>{TEXT * 6}<div><h3>Published</h3><p>March 3, 2021</p></div><div><h3>Published</h3><p>April 5, 2022</p></div>', [], '', '', id='many dates labelled alike'),
        pytest.param('', '<h1>The night pond (film)</h1><table class="infobox vevent"><tr><th>Written by</th><td>Bo Crane</td></tr><tr><th>Original run</th><td><span class="dtstart published">1999-10-14</span></td></tr></table>', [], '', '', id='table of facts about a film'),
        pytest.param('<meta property="og:site_name" content="The Heron">', '<h1>Ponds in winter</h1><p>By Ada Heron, The Heron</p>', ['Ada Heron'], '', '', id='the site behind a name'),
        pytest.param('<meta name=author content="Ada Heron, HERON CLUB">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='the host behind a name'),
        pytest.param('<meta property="og:site_name" content="The Pond"><meta name=author content="The Pond Editions">', '<h1>Ponds in winter</h1><p>By Ada Heron</p>', ['Ada Heron'], '', '', id='the publisher, named after the site'),
        pytest.param('<meta name=author content="Ada Heron @adaheron">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='handle'),
        pytest.param('', '<h1>Ponds in winter</h1><p>By Ada Heron Tuesday, Aug. 17, 2010</p>', ['Ada Heron'], '2010-08-17', '', id='day of the week behind a name'),
        pytest.param('', '<h1>Ponds in winter</h1><p>By Ada Heron and Bo Crane - Pond Technology Writers</p>', ['Ada Heron', 'Bo Crane'], '', '', id='role behind a dash'),
        pytest.param('', '<h1>Ponds in winter</h1><p>By Ada Heron</p><script type="x">1</script><p class="author">Username</p>', ['Ada Heron'], '', '', id='a form for comments'),
        pytest.param('', '<h1>Ponds in winter</h1><div dir=rtl>الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)</div>', [], '2013-08-04', '', id='two names of a month'),
        pytest.param('<meta name="twitter:label1" content="Interview by"><meta name="twitter:data1" content="Ada Heron">', '<h1>Ponds in winter</h1>', ['Ada Heron'], '', '', id='interview'),
    ],
)  # fmt: skip
def test_authors_and_dates(head: str, body: str, authors: list[str], published: str, revised: str) -> None:
    source = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    tree = page.parse(source, "page")
    found = facts(tree, page.body(tree), source, ADDRESS, TODAY)
    assert (found.authors, found.published, found.revised) == (authors, published, revised)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        pytest.param('<title>Ponds in winter - Overview | Pond Safety Board</title>', '<div><h2><a href="/">Pond Safety Board</a></h2></div><h3>Ponds in winter</h3>', 'Ponds in winter', id='a heading that leads home'),
        pytest.param('<title>Ponds in winter » News » Pond Board</title>', '<div class=logo><h1>Ponds in winterPond Board</h1></div><h3>Ponds in winter</h3>', 'Ponds in winter', id='a logo with the title'),
        pytest.param('<title>Ponds in winter | Notes | Ada Heron</title>', '<h1>Hello, I am Ada.</h1><h2>Ponds in winter</h2>', 'Ponds in winter', id='a greeting above the title'),
        pytest.param('<title>The pond project: ice on reeds — Ponds</title>', '<h2>The pond project:</h2><p>ice on reeds</p>', 'The pond project: ice on reeds', id='a heading that goes on below'),
        pytest.param('<title>Ponds weekly for March 26, 2015 [heron-club]</title>', '<h1>Ponds weekly for March 26, 2015</h1>', 'Ponds weekly for March 26, 2015', id='the site in brackets'),
        pytest.param('<meta property="og:title" content="Ponds in winter"><title>Ponds in winter - Birds - Heron-Club</title>', '<h1><a href="/">Heron Club</a></h1><h2>Ponds in winter - Birds - Heron-Club</h2>', 'Ponds in winter', id='the site in the heading'),
    ],
)  # fmt: skip
def test_titles(head: str, body: str, title: str) -> None:
    source = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    tree = page.parse(source, "page")
    assert facts(tree, page.body(tree), source, ADDRESS, TODAY).title == title
