//! Invented entries in the JSON of the systems that publish liveblogs, one function a format.

use serde_json::{Value, json};

use super::{entries::Told, feeds::TITLE};

/// `entries` in the vendor's format called `name`, with that name as the table of formats has it.
pub(super) fn feed(name: &str, entries: &[Told]) -> Option<(&'static str, Value)> {
    let list = |item: fn(&Told) -> Value| entries.iter().map(item).collect::<Vec<Value>>();
    Some(match name {
        "guardian-capi" => ("guardian-capi", guardian_capi(&list(capi_block))),
        "guardian-dcr" => {
            ("guardian-dcr", json!({"version": 3, "headline": TITLE, "blocks": list(dcr_block)}))
        }
        "wordpress" => ("wordpress", json!({"entries": list(wordpress_entry), "page": 1, "pages": 1})),
        "superdesk" => ("superdesk", superdesk(&list(superdesk_post))),
        "bbc" => ("bbc", bbc(&list(bbc_post))),
        "scribblelive" => {
            ("scribblelive", json!({"Id": 7, "Title": TITLE, "IsLive": 1, "Posts": list(scribblelive_post)}))
        }
        "tickaroo" => ("tickaroo", tickaroo(&list(tickaroo_event))),
        "aljazeera" => ("aljazeera", Value::Array(list(aljazeera_post))),
        "activitypub" => ("activitypub", activitypub(&list(activitypub_create))),
        "eventlog" => ("eventlog", Value::Array(list(eventlog_message))),
        "ninjs" => ("ninjs", json!({"items": list(ninjs_item)})),
        _ => return None,
    })
}

fn guardian_capi(blocks: &[Value]) -> Value {
    let fields = json!({"headline": TITLE, "lang": "en", "liveBloggingNow": "true"});
    json!({"response": {"status": "ok", "content": {
        "id": "bay/live/ladder", "type": "liveblog", "webTitle": TITLE, "fields": fields, "tags": [],
        "blocks": {"totalBodyBlocks": blocks.len(), "body": blocks},
    }}})
}

fn capi_block(entry: &Told) -> Value {
    json!({
        "id": entry.id(), "bodyHtml": entry.html(), "bodyTextSummary": entry.paragraphs[0],
        "attributes": {"keyEvent": "true", "title": entry.headline}, "published": true,
        "firstPublishedDate": entry.stamp(), "lastModifiedDate": entry.stamp(), "contributors": [entry.author],
    })
}

fn dcr_block(entry: &Told) -> Value {
    let millis = entry.time.timestamp_millis();
    json!({
        "id": entry.id(), "title": entry.headline,
        "attributes": {"pinned": false, "keyEvent": true, "summary": false},
        "elements": [
            {"_type": "model.dotcomrendering.pageElements.TextBlockElement", "html": entry.html()},
        ],
        "contributors": [{"name": entry.author, "imageUrl": "https://bay.example/author.jpg"}],
        "blockCreatedOn": millis, "blockFirstPublished": millis, "blockLastUpdated": millis,
    })
}

fn wordpress_entry(entry: &Told) -> Value {
    let render = format!("<h3>{}</h3>\n{}\n", entry.headline, entry.html());
    json!({
        "id": entry.number.to_string(), "type": "new", "render": render, "content": render,
        "css_classes": "liveblog-entry", "timestamp": entry.time.timestamp(),
        "entry_time": entry.time.timestamp(), "share_link": format!("https://bay.example/ladder#{}", entry.number),
        "authors": [{"id": 7, "key": "desk", "name": entry.author, "avatar": ""}],
    })
}

fn superdesk(posts: &[Value]) -> Value {
    json!({
        "blog": {"_id": "ladder", "title": TITLE, "blog_status": "open", "language": "en"},
        "posts": {"_meta": {"page": 1, "max_results": posts.len(), "total": posts.len()}, "_items": posts},
    })
}

fn superdesk_post(entry: &Told) -> Value {
    let item = json!({"item_type": "text", "text": entry.html(), "meta": {}});
    json!({
        "_id": entry.id(), "particular_type": "post", "post_status": "open", "deleted": false, "sticky": false,
        "lb_highlight": true, "order": entry.number, "published_date": entry.stamp(), "_updated": entry.stamp(),
        "publisher": {"display_name": entry.author},
        "groups": [{"id": "root", "refs": [{"idRef": "main"}]}, {"id": "main", "refs": [{"item": item}]}],
    })
}

fn bbc(posts: &[Value]) -> Value {
    let stream = json!({"content": {"data": {"results": posts, "page": {"index": 1, "total": 1}}}});
    json!({"data": {"title": TITLE, "language": "en", "isLive": true, "liveTextStream": stream}})
}

fn bbc_post(entry: &Told) -> Value {
    let paragraph = |text: &str| {
        json!({"type": "paragraph", "model": {"text": text, "blocks": [
            {"type": "fragment", "model": {"text": text, "attributes": []}},
        ]}})
    };
    let headline = json!({"type": "headline", "model": {"blocks": [
        {"type": "text", "model": {"blocks": [paragraph(&entry.headline)]}},
    ]}});
    let contributor = json!({"type": "contributor", "model": {"name": entry.author}});
    let [first, second] = &entry.paragraphs;
    let link = json!({"type": "paragraph", "model": {"blocks": [{"type": "urlLink", "model": {
        "text": "Boats & ferries", "locator": "https://bay.example/boats",
        "blocks": [{"type": "fragment", "model": {"text": "Boats & ferries", "attributes": []}}],
    }}]}});
    let quote = json!({"type": "quote", "model": {"author": "", "blocks": [paragraph(second)]}});
    json!({
        "urn": entry.id(), "type": "POST", "options": {"isBreakingNews": false},
        "dates": {"firstPublished": entry.stamp(), "lastPublished": entry.stamp(), "time": null},
        "header": {"model": {"blocks": [headline, contributor]}},
        "content": {"model": {"blocks": [paragraph(first), link, quote]}},
    })
}

fn scribblelive_post(entry: &Told) -> Value {
    let date = format!("/Date({}+0000)/", entry.time.timestamp_millis());
    json!({
        "Id": entry.number, "EventId": 7, "Type": "HTML", "Content": entry.html(), "Created": date,
        "LastModified": date, "Creator": {"Id": 8, "Name": entry.author}, "IsApproved": 1, "IsDeleted": 0,
        "IsComment": 0, "IsStuck": 0,
    })
}

fn tickaroo(events: &[Value]) -> Value {
    let info = json!({"_type": "Tik::Model::BasicMetaInfo", "title": TITLE});
    let game = json!({"_type": "Tik::Model::Game", "_id": "ladder", "meta_info": info});
    json!({"_type": "Tik::Model::Api::GameShowResponse", "game": game, "events": events})
}

fn tickaroo_event(entry: &Told) -> Value {
    let text = entry.text();
    let link = json!({"_type": "Tik::ApiModel::UrlRef", "url": "https://bay.example/boats"});
    let attributes = json!({
        "_type": "Tik::ApiModel::Text::AttributedText", "text": text,
        "attrs": [{"_type": "Tik::ApiModel::Text::RefSpan", "start": 4, "end": 20, "ref": link}],
    });
    json!({
        "_type": "Tik::Model::Event", "local_id": entry.id(), "local_status": 0,
        "created_at": entry.time.timestamp(), "updated_at": entry.time.timestamp(), "headline": entry.headline,
        "event_info": {
            "_type": "Tik::Model::EventInfo::BasicEventInfo", "title": text,
            "attributes_json": attributes.to_string(),
        },
    })
}

fn aljazeera_post(entry: &Told) -> Value {
    json!({"data": {"posts": {
        "id": entry.number.to_string(), "title": entry.headline, "shouldDisplayTitle": true,
        "date": entry.time.format("%Y-%m-%dT%H:%M:%S").to_string(), "content": entry.html(),
    }}})
}

fn activitypub(activities: &[Value]) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams", "id": "https://bay.example/users/ladder/outbox",
        "type": "OrderedCollectionPage", "name": TITLE, "orderedItems": activities,
    })
}

fn activitypub_create(entry: &Told) -> Value {
    let note = json!({
        "type": "Note", "id": format!("https://bay.example/notes/{}", entry.number),
        "to": ["https://www.w3.org/ns/activitystreams#Public"], "published": entry.stamp(),
        "attributedTo": "https://bay.example/users/ladder", "content": entry.html(),
    });
    json!({"type": "Create", "actor": "https://bay.example/users/ladder", "object": note})
}

fn eventlog_message(entry: &Told) -> Value {
    json!({"event": "msg", "data": {
        "mid": entry.number + 1, "emb": entry.time.timestamp(), "authordisplayname": entry.author,
        "textrendered": entry.html(),
    }})
}

fn ninjs_item(entry: &Told) -> Value {
    let html = json!({"role": "richtext", "contentType": "application/xhtml+xml", "value": entry.html()});
    json!({
        "uri": format!("https://bay.example/news/{}", entry.number), "type": "text", "pubstatus": "usable",
        "firstCreated": entry.stamp(), "versionCreated": entry.stamp(), "language": "en", "by": entry.author,
        "headlines": [{"role": "main", "value": entry.headline}], "bodies": [html],
    })
}
