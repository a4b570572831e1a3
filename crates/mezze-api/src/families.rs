//! The catalog's files, embedded. A test compares the list with the folder.

/// File name and text of each family.
pub(crate) const FAMILIES: &[(&str, &str)] = &[
    ("ads.toml", include_str!("../catalog/ads.toml")),
    ("ai-inference.toml", include_str!("../catalog/ai-inference.toml")),
    ("ai-vision.toml", include_str!("../catalog/ai-vision.toml")),
    ("animation.toml", include_str!("../catalog/animation.toml")),
    ("app-route.toml", include_str!("../catalog/app-route.toml")),
    ("background-fetch.toml", include_str!("../catalog/background-fetch.toml")),
    ("base.toml", include_str!("../catalog/base.toml")),
    ("canvas-context.toml", include_str!("../catalog/canvas-context.toml")),
    ("canvas-objects.toml", include_str!("../catalog/canvas-objects.toml")),
    ("canvas.toml", include_str!("../catalog/canvas.toml")),
    ("chat-tool.toml", include_str!("../catalog/chat-tool.toml")),
    ("cloud-ai.toml", include_str!("../catalog/cloud-ai.toml")),
    ("cloud-database-command.toml", include_str!("../catalog/cloud-database-command.toml")),
    ("cloud-database-condition.toml", include_str!("../catalog/cloud-database-condition.toml")),
    ("cloud-database-place.toml", include_str!("../catalog/cloud-database-place.toml")),
    ("cloud-database.toml", include_str!("../catalog/cloud-database.toml")),
    ("cloud.toml", include_str!("../catalog/cloud.toml")),
    ("crypto.toml", include_str!("../catalog/crypto.toml")),
    ("data-analysis.toml", include_str!("../catalog/data-analysis.toml")),
    ("debug.toml", include_str!("../catalog/debug.toml")),
    ("device-bluetooth-peripheral.toml", include_str!("../catalog/device-bluetooth-peripheral.toml")),
    ("device-bluetooth.toml", include_str!("../catalog/device-bluetooth.toml")),
    ("device-contact.toml", include_str!("../catalog/device-contact.toml")),
    ("device-keyboard.toml", include_str!("../catalog/device-keyboard.toml")),
    ("device-nfc-card.toml", include_str!("../catalog/device-nfc-card.toml")),
    ("device-nfc-tag.toml", include_str!("../catalog/device-nfc-tag.toml")),
    ("device-nfc.toml", include_str!("../catalog/device-nfc.toml")),
    ("device-screen.toml", include_str!("../catalog/device-screen.toml")),
    ("device-sensor.toml", include_str!("../catalog/device-sensor.toml")),
    ("device-wifi.toml", include_str!("../catalog/device-wifi.toml")),
    ("device.toml", include_str!("../catalog/device.toml")),
    ("file-system-content.toml", include_str!("../catalog/file-system-content.toml")),
    ("file-system-manager.toml", include_str!("../catalog/file-system-manager.toml")),
    ("file-system-objects.toml", include_str!("../catalog/file-system-objects.toml")),
    ("file.toml", include_str!("../catalog/file.toml")),
    ("host-extension.toml", include_str!("../catalog/host-extension.toml")),
    ("interaction.toml", include_str!("../catalog/interaction.toml")),
    ("lifecycle.toml", include_str!("../catalog/lifecycle.toml")),
    ("location.toml", include_str!("../catalog/location.toml")),
    ("media-audio.toml", include_str!("../catalog/media-audio.toml")),
    ("media-background-audio.toml", include_str!("../catalog/media-background-audio.toml")),
    ("media-camera.toml", include_str!("../catalog/media-camera.toml")),
    ("media-editor.toml", include_str!("../catalog/media-editor.toml")),
    ("media-image.toml", include_str!("../catalog/media-image.toml")),
    ("media-live.toml", include_str!("../catalog/media-live.toml")),
    ("media-map.toml", include_str!("../catalog/media-map.toml")),
    ("media-recorder.toml", include_str!("../catalog/media-recorder.toml")),
    ("media-video-processing.toml", include_str!("../catalog/media-video-processing.toml")),
    ("media-video.toml", include_str!("../catalog/media-video.toml")),
    ("media-voip.toml", include_str!("../catalog/media-voip.toml")),
    ("media-web-audio.toml", include_str!("../catalog/media-web-audio.toml")),
    ("navigate.toml", include_str!("../catalog/navigate.toml")),
    ("navigation-bar.toml", include_str!("../catalog/navigation-bar.toml")),
    ("network-local.toml", include_str!("../catalog/network-local.toml")),
    ("network-socket.toml", include_str!("../catalog/network-socket.toml")),
    ("network-tasks.toml", include_str!("../catalog/network-tasks.toml")),
    ("network.toml", include_str!("../catalog/network.toml")),
    ("open-account.toml", include_str!("../catalog/open-account.toml")),
    ("open-business.toml", include_str!("../catalog/open-business.toml")),
    ("open-channels.toml", include_str!("../catalog/open-channels.toml")),
    ("open-settings.toml", include_str!("../catalog/open-settings.toml")),
    ("open-social.toml", include_str!("../catalog/open-social.toml")),
    ("open-verify.toml", include_str!("../catalog/open-verify.toml")),
    ("open.toml", include_str!("../catalog/open.toml")),
    ("page-style.toml", include_str!("../catalog/page-style.toml")),
    ("payment.toml", include_str!("../catalog/payment.toml")),
    ("performance.toml", include_str!("../catalog/performance.toml")),
    ("route.toml", include_str!("../catalog/route.toml")),
    ("share.toml", include_str!("../catalog/share.toml")),
    ("skyline.toml", include_str!("../catalog/skyline.toml")),
    ("storage-cache.toml", include_str!("../catalog/storage-cache.toml")),
    ("storage.toml", include_str!("../catalog/storage.toml")),
    ("tab-bar.toml", include_str!("../catalog/tab-bar.toml")),
    ("update.toml", include_str!("../catalog/update.toml")),
    ("view.toml", include_str!("../catalog/view.toml")),
    ("window.toml", include_str!("../catalog/window.toml")),
    ("worker.toml", include_str!("../catalog/worker.toml")),
    ("worklet.toml", include_str!("../catalog/worklet.toml")),
    ("wxml.toml", include_str!("../catalog/wxml.toml")),
];

/// Names that the typings don't list (any more) and apps use.
pub(crate) const DECLARED: &str = include_str!("../catalog/declared.toml");

/// Numbers that failures carry.
pub(crate) const ERRORS: &str = include_str!("../catalog/errors.toml");

/// The built-in components, by the groups of WeChat's reference.
pub(crate) const COMPONENTS: &[(&str, &str)] = &[
    ("view-container.toml", include_str!("../catalog/components/view-container.toml")),
    ("content.toml", include_str!("../catalog/components/content.toml")),
    ("form.toml", include_str!("../catalog/components/form.toml")),
    ("navigation.toml", include_str!("../catalog/components/navigation.toml")),
    ("media.toml", include_str!("../catalog/components/media.toml")),
    ("map-canvas.toml", include_str!("../catalog/components/map-canvas.toml")),
    ("open.toml", include_str!("../catalog/components/open.toml")),
    ("skyline.toml", include_str!("../catalog/components/skyline.toml")),
    ("template.toml", include_str!("../catalog/components/template.toml")),
];

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at its first failure")]

    use super::{COMPONENTS, FAMILIES};
    use std::collections::BTreeSet;

    /// Names of the catalog files in a folder.
    fn found(folder: &str) -> BTreeSet<String> {
        std::fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().unwrap().is_file())
            .map(|entry| entry.file_name().into_string().unwrap())
            .filter(|name| name != "declared.toml" && name != "errors.toml")
            .collect()
    }

    fn listed(files: &[(&str, &str)]) -> BTreeSet<String> {
        files.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    #[test]
    fn lists_every_file_of_the_folder() {
        assert_eq!(found("catalog"), listed(FAMILIES), "add the new file to FAMILIES");
        assert_eq!(found("catalog/components"), listed(COMPONENTS), "add the new file to COMPONENTS");
    }
}
