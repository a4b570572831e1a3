//! Answers to calls, made so that an app goes on: every dialogue is confirmed, every permission is given.

use mezze_api::{Catalog, Field, ValueType};
use serde_json::{Map, Value, json};

use super::Call;

/// Milliseconds of the app's clock that a call takes.
pub const DELAY: u64 = 20;
/// Frames of the sound that every sound is decoded to.
const SILENCE: usize = 441;

/// Answers a call that is neither routing nor network.
pub fn answer(call: &Call, catalog: &Catalog) -> Result<Value, String> {
    if let Some(known) = known(call) {
        return known;
    }
    match catalog.find(&call.api) {
        Some(api) => {
            Ok(Value::Object(api.results.iter().map(|field| (field.name.clone(), plausible(field))).collect()))
        }
        // The runtime's own calls are in no catalog.
        None => Ok(json!({})),
    }
}

/// What an app would take for true where the catalog's types alone say too little.
fn known(call: &Call) -> Option<Result<Value, String>> {
    let value = match call.api.as_str() {
        "showModal" => json!({ "confirm": true, "cancel": false, "content": editable_text(call) }),
        "showActionSheet" => return Some(first_item(call)),
        "login" => json!({ "code": "0headless00000000000000000000000" }),
        "authorize" | "checkSession" | "requirePrivacyAuthorize" => json!({}),
        "getSetting" | "openSetting" => json!({ "authSetting": all_scopes(), "subscriptionsSetting": {} }),
        "getPrivacySetting" => json!({ "needAuthorization": false, "privacyContractName": "" }),
        "getUserProfile" | "getUserInfo" => json!({
            "userInfo": {
                "nickName": "Mezze", "avatarUrl": "", "gender": 0, "country": "", "province": "", "city": "",
                "language": "en"
            },
            "rawData": "{}", "signature": "", "encryptedData": "", "iv": ""
        }),
        "getLocation" | "getFuzzyLocation" | "chooseLocation" => json!({
            "latitude": 39.908_823, "longitude": 116.397_47, "speed": -1, "accuracy": 65, "altitude": 0,
            "verticalAccuracy": 0, "horizontalAccuracy": 65, "name": "Mezze", "address": "1 Table Street"
        }),
        "chooseImage" => json!({
            "tempFilePaths": ["wxfile://tmp_headless.png"],
            "tempFiles": [{ "path": "wxfile://tmp_headless.png", "size": 1024 }]
        }),
        "chooseMedia" | "chooseVideo" | "chooseMessageFile" => json!({
            "type": "image", "tempFilePath": "wxfile://tmp_headless.mp4", "duration": 3, "size": 1024, "width": 320,
            "height": 240,
            "tempFiles": [{
                "tempFilePath": "wxfile://tmp_headless.png", "path": "wxfile://tmp_headless.png", "size": 1024,
                "fileType": "image", "name": "headless.png", "type": "image", "time": 1_782_907_200
            }]
        }),
        "getImageInfo" => json!({
            "width": 320, "height": 240, "path": call.text("src"), "orientation": "up", "type": "png"
        }),
        "scanCode" => json!({
            "result": "https://example.org/", "scanType": "QR_CODE", "charSet": "utf-8", "path": "", "rawData": ""
        }),
        "getBatteryInfo" => json!({ "level": 80, "isCharging": false, "isLowPowerModeEnabled": false }),
        "getScreenBrightness" => json!({ "value": 0.5 }),
        "chooseAddress" => json!({
            "userName": "Mezze", "postalCode": "100000", "provinceName": "Beijing", "cityName": "Beijing",
            "countyName": "Haidian", "streetName": "", "detailInfo": "1 Table Street", "nationalCode": "110108",
            "telNumber": "13800000000"
        }),
        "requestSubscribeMessage" => subscriptions(call),
        "decodeAudio" => json!({ "sampleRate": 44_100, "channels": [vec![0; SILENCE]] }),
        "readFont" | "inflateBrotli" => json!({ "data": { "$bytes": "" } }),
        "readPackageFiles" => json!({ "files": [] }),
        "keepPicture" => json!({ "tempFilePath": "wxfile://tmp_headless.png" }),
        // Each of them shows that the headless host is no browser; an app has to bear it anywhere.
        "requestPayment" => return Some(Err("cancel".to_owned())),
        _ => return None,
    };
    Some(Ok(value))
}

fn editable_text(call: &Call) -> Value {
    if call.args["editable"] == true { json!("text") } else { Value::Null }
}

fn first_item(call: &Call) -> Result<Value, String> {
    match call.args["itemList"].as_array().map(Vec::len) {
        None | Some(0) => Err("parameter error: itemList should have at least 1 item".to_owned()),
        Some(count) if count > 6 => Err("parameter error: itemList should not be larger than 6".to_owned()),
        Some(_) => Ok(json!({ "tapIndex": 0 })),
    }
}

fn all_scopes() -> Value {
    let scopes = [
        "userInfo",
        "userLocation",
        "userFuzzyLocation",
        "userLocationBackground",
        "address",
        "invoiceTitle",
        "invoice",
        "werun",
        "record",
        "writePhotosAlbum",
        "camera",
        "bluetooth",
        "addPhoneContact",
        "addPhoneCalendar",
    ];
    Value::Object(scopes.iter().map(|scope| (format!("scope.{scope}"), json!(true))).collect())
}

fn subscriptions(call: &Call) -> Value {
    let templates = call.args["tmplIds"].as_array().cloned().unwrap_or_default();
    Value::Object(
        templates.iter().filter_map(Value::as_str).map(|template| (template.to_owned(), json!("reject"))).collect(),
    )
}

/// Temporary files that an answer names.
pub fn temporary_files(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) if text.starts_with("wxfile://tmp_") => vec![text],
        Value::Array(items) => items.iter().flat_map(temporary_files).collect(),
        Value::Object(members) => members.values().flat_map(temporary_files).collect(),
        _ => Vec::new(),
    }
}

/// A value of a field's type.
fn plausible(field: &Field) -> Value {
    match field.types().first() {
        Some(ValueType::Text) => {
            let first = field.values.first().and_then(|value| value.as_str());
            json!(first.unwrap_or_default())
        }
        Some(ValueType::Number) => json!(0),
        Some(ValueType::Boolean) => json!(false),
        Some(ValueType::Array) => json!([]),
        Some(ValueType::Object) => Value::Object(members(&field.fields)),
        Some(ValueType::Bytes) => json!({ "$bytes": "" }),
        Some(ValueType::Function | ValueType::Any) | None => Value::Null,
    }
}

fn members(fields: &[Field]) -> Map<String, Value> {
    fields.iter().map(|field| (field.name.clone(), plausible(field))).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Call, answer};
    use mezze_api::Catalog;
    use serde_json::{Value, json};

    fn answered(api: &str, args: Value) -> Result<Value, String> {
        answer(&Call { id: 1, api: api.to_owned(), args, page: 1 }, &Catalog::load().unwrap())
    }

    #[test]
    fn dialogues_are_confirmed() {
        assert_eq!(answered("showModal", json!({})).unwrap()["confirm"], json!(true));
        assert_eq!(answered("showActionSheet", json!({ "itemList": ["a"] })).unwrap()["tapIndex"], json!(0));
        assert!(answered("showActionSheet", json!({ "itemList": [] })).is_err());
    }

    #[test]
    fn what_is_not_known_has_the_catalogs_types() {
        assert_eq!(answered("getClipboardData", json!({})).unwrap(), json!({ "data": "" }));
    }
}
